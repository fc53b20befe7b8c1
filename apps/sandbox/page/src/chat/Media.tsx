import { useSignal } from '@preact/signals';
import type { ShownMessage } from '../../../src/control/client.js';
import { client } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { Dialog } from '../ui/Dialog.js';
import { Icon } from '../ui/Icon.js';
import { Player } from './Player.js';
import { kindName, sizeWords } from './words.js';

type File = NonNullable<ShownMessage['file']>;

/** The file of a message: a picture to look at, something to play, or something to download. */
export function Media({ message }: { readonly message: ShownMessage }) {
  const { file, kind } = message;
  if (file === undefined) return null;
  switch (kind) {
    case 'photo':
      return <Photo file={file} isHidden={message.hasSpoiler === true} />;
    case 'video':
    case 'animation':
      return <Film file={file} kind={kind} />;
    case 'video_note':
      return (
        <div class="video-note">
          <Film file={file} kind={kind} />
        </div>
      );
    case 'sticker':
      return <Sticker file={file} />;
    case 'voice':
    case 'audio':
      return <Player file={file} kind={kind} />;
    default:
      return <Download file={file} />;
  }
}

function Photo({ file, isHidden }: { readonly file: File; readonly isHidden: boolean }) {
  const isOpen = useSignal(false);
  const isBlurred = useSignal(isHidden);
  const source = client.fileUrl(file.uniqueId);
  const press = (): void => {
    if (isBlurred.value) isBlurred.value = false;
    else isOpen.value = true;
  };
  return (
    <>
      <button
        type="button"
        class={`photo ${isBlurred.value ? 'blurred' : ''}`}
        aria-label={isBlurred.value ? t('spoiler') : t('open_photo')}
        onClick={press}
      >
        <img src={source} alt={t('photo')} width={file.width} height={file.height} loading="lazy" />
      </button>
      {isOpen.value && (
        <Dialog
          title={t('photo')}
          onClose={() => {
            isOpen.value = false;
          }}
        >
          <img class="photo-large" src={source} alt={t('photo')} />
        </Dialog>
      )}
    </>
  );
}

/** A video; the still picture stays where the sample has nothing to play. */
function Film({ file, kind }: { readonly file: File; readonly kind: string }) {
  const isBroken = useSignal(false);
  const poster = file.thumbnail === undefined ? undefined : client.fileUrl(file.thumbnail);
  const isLoop = kind === 'animation';
  if (isBroken.value) {
    return (
      <div class="film-still" role="img" aria-label={`${kindName(kind)}. ${t('unplayable')}`} title={t('unplayable')}>
        {poster !== undefined && <img src={poster} alt="" />}
        <span class="film-badge">
          <Icon name="play" />
        </span>
        <span class="film-kind">{kindName(kind)}</span>
      </div>
    );
  }
  return (
    <video
      class="film"
      src={client.fileUrl(file.uniqueId)}
      poster={poster}
      width={file.width}
      height={file.height}
      controls={!isLoop}
      autoplay={isLoop}
      loop={isLoop}
      muted={isLoop}
      playsInline
      preload="metadata"
      aria-label={kindName(kind)}
      onError={() => {
        isBroken.value = true;
      }}
    />
  );
}

/** A sticker without a picture worth showing shows the emoji that it stands for. */
function Sticker({ file }: { readonly file: File }) {
  const isTiny = useSignal(false);
  if (isTiny.value) {
    return (
      <span class="emoji-large" role="img" aria-label={`${t('sticker')} ${file.emoji ?? ''}`}>
        {file.emoji ?? '🖼️'}
      </span>
    );
  }
  return (
    <img
      class="sticker"
      src={client.fileUrl(file.uniqueId)}
      alt={`${t('sticker')} ${file.emoji ?? ''}`}
      onLoad={({ currentTarget }) => {
        isTiny.value = currentTarget.naturalWidth < 8;
      }}
      onError={() => {
        isTiny.value = true;
      }}
    />
  );
}

function Download({ file }: { readonly file: File }) {
  const name = file.fileName ?? t('document');
  return (
    <a class="file" href={client.fileUrl(file.uniqueId)} download={name} aria-label={t('download', { name })}>
      <span class="file-badge">
        <Icon name="file" />
      </span>
      <span class="file-words">
        <span class="file-name">{name}</span>
        <span class="file-size">{sizeWords(file.size)}</span>
      </span>
    </a>
  );
}
