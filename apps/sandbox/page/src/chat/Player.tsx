import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ShownMessage } from '../../../src/control/client.js';
import { tell } from '../state/act.js';
import { client } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { Icon } from '../ui/Icon.js';
import { durationWords, kindName } from './words.js';

export interface PlayerProps {
  readonly file: NonNullable<ShownMessage['file']>;
  readonly kind: 'voice' | 'audio';
}

const BARS = 32;

/** Plays a voice message or a piece of music. */
export function Player({ file, kind }: PlayerProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const isPlaying = useSignal(false);
  const at = useSignal(0);
  const length = file.duration ?? 0;
  const toggle = (): void => {
    if (isPlaying.value) audio.current?.pause();
    else audio.current?.play().catch(() => tell(t('unplayable')));
  };
  const total = audio.current !== null && Number.isFinite(audio.current.duration) ? audio.current.duration : length;
  const done = total > 0 ? at.value / total : 0;
  return (
    <div class={`player player-${kind}`}>
      <audio
        ref={audio}
        src={client.fileUrl(file.uniqueId)}
        preload="metadata"
        onPlay={() => {
          isPlaying.value = true;
        }}
        onPause={() => {
          isPlaying.value = false;
        }}
        onTimeUpdate={({ currentTarget }) => {
          at.value = currentTarget.currentTime;
        }}
        onEnded={() => {
          at.value = 0;
        }}
      />
      <button
        type="button"
        class="round-button"
        aria-label={`${isPlaying.value ? t('pause') : t('play')}: ${kindName(kind)}`}
        onClick={toggle}
      >
        <Icon name={isPlaying.value ? 'pause' : 'play'} />
      </button>
      <div class="player-words">
        {kind === 'voice' ? (
          <Wave seed={file.uniqueId} done={done} />
        ) : (
          <span class="file-name">{file.title ?? file.fileName ?? t('audio')}</span>
        )}
        <span class="file-size">
          {durationWords(isPlaying.value ? at.value : total)}
          {kind === 'audio' && file.performer !== undefined ? ` · ${file.performer}` : ''}
        </span>
      </div>
    </div>
  );
}

/** Bars that are always the same for the same file; the played ones are darker. */
function Wave({ seed, done }: { readonly seed: string; readonly done: number }) {
  const bars = Array.from({ length: BARS }, (_, index) => {
    const letter = seed.charCodeAt((index * 7) % seed.length);
    return 5 + ((letter * (index + 3) * 31) % 17);
  });
  return (
    <svg class="wave" viewBox={`0 0 ${BARS * 5} 24`} preserveAspectRatio="none" aria-hidden="true">
      {bars.map((height, index) => (
        <rect
          key={index}
          class={index / BARS < done ? 'played' : ''}
          x={index * 5}
          y={(24 - height) / 2}
          width="3"
          height={height}
          rx="1.5"
        />
      ))}
    </svg>
  );
}
