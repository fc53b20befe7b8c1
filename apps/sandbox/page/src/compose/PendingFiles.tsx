import type { Signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { sizeWords } from '../chat/words.js';
import { t } from '../text/index.js';
import { Icon } from '../ui/Icon.js';

export interface PendingFilesProps {
  readonly files: Signal<readonly File[]>;
  readonly asFiles: Signal<boolean>;
}

/** The files that will be sent, each with a way to take it back. */
export function PendingFiles({ files, asFiles }: PendingFilesProps) {
  if (files.value.length === 0) return null;
  return (
    <div class="pending">
      <ul>
        {files.value.map((file, index) => (
          <li key={`${index} ${file.name}`} class="pending-file">
            <Preview file={file} />
            <span class="pending-name">{file.name}</span>
            <span class="file-size">{sizeWords(file.size)}</span>
            <button
              type="button"
              class="icon-button"
              aria-label={t('remove_file', { name: file.name })}
              onClick={() => {
                files.value = files.value.filter((other) => other !== file);
              }}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <label class="check">
        <input
          type="checkbox"
          checked={asFiles.value}
          onChange={({ currentTarget }) => {
            asFiles.value = currentTarget.checked;
          }}
        />
        {t('as_files')}
      </label>
    </div>
  );
}

function Preview({ file }: { readonly file: File }) {
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (!/^image\/(jpeg|png|gif|webp)$/.test(file.type)) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url === undefined ? <Icon name="file" /> : <img src={url} alt="" />;
}
