/** Portuguese (Brazil). */
export const pt = `
customer-blocked = 🚫 O cliente bloqueou o bot. As respostas não podem ser entregues até ele voltar.
customer-gone = 🚫 A conta do cliente não existe mais. As respostas não podem ser entregues.
customer-returned = ✅ O cliente voltou. As respostas são entregues novamente.
customer-returned-held = ✅ O cliente voltou. As respostas são entregues novamente. Não entregues nesse meio tempo: { $count }. Responda /send a uma resposta para entregá-la agora.
not-delivered = ⚠️ Não entregue. O Telegram diz: { $reason }
not-delivered-blocked = ⚠️ Não entregue: o cliente bloqueou o bot.
not-delivered-gone = ⚠️ Não entregue: a conta do cliente não existe mais.
uncopyable-staff = [{ $what }: o Telegram não permite que um bot copie isto. O cliente foi avisado.]
uncopyable-customer = Desculpe, não conseguimos receber isto ({ $what }). Você pode enviar de outra forma?
uncopyable-agent = ⚠️ Não entregue: o Telegram não permite que um bot copie isto ({ $what }).
edit-not-mirrored-customer = ℹ️ O cliente editou uma mensagem anterior a esta conversa. O novo texto não pode ser mostrado.
edit-not-mirrored-staff = ℹ️ Esta edição não foi repassada: o comentário nunca foi enviado ao cliente.
edit-not-delivered = ⚠️ A edição não foi entregue: a mensagem não está mais no chat do cliente.
outside-threads = ℹ️ Isto não foi enviado a nenhum cliente. Para responder a um, comente na publicação dele. Este aviso aparece só uma vez.
note-stays-inside = ℹ️ Uma nota fica dentro da equipe, mesmo depois de editada. Escreva um novo comentário para responder ao cliente.
answer-became-note = ℹ️ Esta resposta já foi entregue, então a edição não foi repassada. Responda /unsend a ela para retirá-la.
unknown-command = ℹ️ O comando /{ $command } não existe. Nada foi enviado ao cliente.
send-usage = ℹ️ Responda com /send a uma resposta que não pôde ser entregue, para entregá-la agora.
unsend-usage = ℹ️ Responda com /unsend à resposta que você quer retirar do cliente.
unsend-not-sent = ℹ️ O cliente não tem este comentário: não há nada a retirar.
unsend-done = 🗑 Retirada: o cliente não tem mais esta mensagem.
unsend-failed = ⚠️ Não retirada: o Telegram permite que um bot apague uma mensagem somente por 48 horas.
alias-set = ✍️ A partir de agora suas respostas são assinadas “{ $alias }”. /alias sozinho desativa.
alias-cleared = ✍️ Suas respostas não são mais assinadas.
thread-late = ⚠️ O Telegram não abriu os comentários de uma publicação (#{ $ticket }). As mensagens deste cliente aparecem aqui, no grupo, até que abra. Verifique se o canal ainda está vinculado a este grupo.
card-language = idioma
card-first-media = Primeira mensagem: { $what }
card-continued = continuação de uma publicação anterior
standing-blocked = bloqueou o bot
standing-gone = conta excluída
kind-photo = foto
kind-video = vídeo
kind-animation = animação
kind-audio = áudio
kind-voice = mensagem de voz
kind-video_note = mensagem de vídeo
kind-document = arquivo
kind-sticker = figurinha
kind-location = localização
kind-venue = lugar
kind-contact = contato
kind-poll = enquete
kind-dice = dado
kind-giveaway = sorteio
kind-giveaway_winners = resultado de sorteio
kind-paid_media = mídia paga
kind-checklist = lista de tarefas
kind-invoice = fatura
kind-game = jogo
kind-story = story
kind-rich_message = mensagem formatada
kind-unknown = tipo desconhecido de mensagem
owner-welcome = 👋 Agora você é o dono deste atendimento.

  1. Torne este bot administrador do canal onde as publicações devem aparecer, com o direito de publicar e editar mensagens.
  2. Vincule um grupo de discussão a esse canal (configurações do canal → Discussão) e torne o bot administrador lá também.

  Eu verifico tudo e digo aqui o que falta.
owner-taken = Este link já foi usado.
setup-ready = ✅ O atendimento está pronto. As publicações vão para “{ $channel }” e os comentários para “{ $group }”.
setup-missing = O atendimento ainda não está pronto:
`;
