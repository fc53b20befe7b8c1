/** English. Every sentence a person reads; the placeholders are filled in as plain text. */
export const en = `
customer-blocked = 🚫 The customer has blocked the bot. Answers cannot be delivered until they come back.
customer-gone = 🚫 The customer's account no longer exists. Answers cannot be delivered.
customer-returned = ✅ The customer is back. Answers are delivered again.
customer-returned-held = ✅ The customer is back. Answers are delivered again. Not delivered meanwhile: { $count }. Reply /send to an answer to deliver it now.
not-delivered = ⚠️ Not delivered. Telegram says: { $reason }
not-delivered-blocked = ⚠️ Not delivered: the customer has blocked the bot.
not-delivered-gone = ⚠️ Not delivered: the customer's account no longer exists.
uncopyable-staff = [{ $what }: Telegram lets no bot copy this. The customer was told.]
uncopyable-customer = Sorry, we could not receive this ({ $what }). Could you send it another way?
uncopyable-agent = ⚠️ Not delivered: Telegram lets no bot copy this ({ $what }).
edit-not-mirrored-customer = ℹ️ The customer edited a message from before this conversation was kept here. The new wording cannot be shown.
edit-not-mirrored-staff = ℹ️ This edit was not passed on: the comment was never sent to the customer.
edit-not-delivered = ⚠️ The edit was not delivered: the message is no longer in the customer's chat.
outside-threads = ℹ️ This was not sent to any customer. To answer one, comment under their post. This is said only once.
note-stays-inside = ℹ️ A note stays inside, also after an edit. Write a new comment to answer the customer.
answer-became-note = ℹ️ This answer has already been delivered, so the edit was not passed on. Reply /unsend to it to take it back.
unknown-command = ℹ️ There is no command /{ $command }. Nothing was sent to the customer.
send-usage = ℹ️ Reply with /send to an answer that could not be delivered, to deliver it now.
unsend-usage = ℹ️ Reply with /unsend to the answer that you want to take back from the customer.
unsend-not-sent = ℹ️ The customer does not have this comment: there is nothing to take back.
unsend-done = 🗑 Taken back: the customer no longer has this message.
unsend-failed = ⚠️ Not taken back: Telegram lets a bot delete a message for 48 hours only.
alias-set = ✍️ Your answers are signed “{ $alias }” from now on. /alias alone stops it.
alias-cleared = ✍️ Your answers are no longer signed.
thread-late = ⚠️ Telegram has not opened the comments of a post (#{ $ticket }). Messages of this customer appear here, in the group, until it does. Check that the channel is still linked to this group.
card-language = language
card-first-media = First message: { $what }
card-continued = continued from an earlier post
standing-blocked = blocked the bot
standing-gone = account deleted
kind-photo = photo
kind-video = video
kind-animation = animation
kind-audio = audio
kind-voice = voice message
kind-video_note = video message
kind-document = file
kind-sticker = sticker
kind-location = location
kind-venue = place
kind-contact = contact
kind-poll = poll
kind-dice = dice
kind-giveaway = giveaway
kind-giveaway_winners = giveaway results
kind-paid_media = paid media
kind-checklist = checklist
kind-invoice = invoice
kind-game = game
kind-story = story
kind-rich_message = formatted message
kind-unknown = unknown kind of message
owner-welcome = 👋 You are now the owner of this desk.

  1. Make this bot an administrator of the channel where posts should appear, with the right to post and edit messages.
  2. Link a discussion group to that channel (channel settings → Discussion), and make the bot an administrator there too.

  I check everything and tell you here what is missing.
owner-taken = This link has been used already.
setup-ready = ✅ The desk is ready. Posts go to “{ $channel }”, and comments to “{ $group }”.
setup-missing = The desk is not ready yet:
`;
