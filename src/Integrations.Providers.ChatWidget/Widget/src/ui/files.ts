import type { Attachment, Config } from '../contract';
import type { Engine } from '../engine';
import { HttpError } from '../http';
import { button, h, icon } from './dom';

/** Files chosen for the next message. Each is uploaded at once; one that fails says so and can be taken away. */
export function createFiles(engine: Engine, { max_bytes: maxBytes = Infinity, max_count: maxCount = 5 }: NonNullable<Config['attachments']>) {
  const { t } = engine;
  const element = h('ul', { class: 'files', hidden: true });
  const chosen = new Map<HTMLElement, Promise<Attachment | undefined>>();

  function add(files: File[]): void {
    for (const file of files) {
      const state = h('span', { class: 'error' });
      const row = h('li', {}, file.name, state, button('tool', () => remove(row), icon('close'), t('remove', { name: file.name })));
      element.append(row);
      element.hidden = false;
      chosen.set(row, upload(file, text => { state.textContent = text; }));
    }
  }

  async function upload(file: File, say: (text: string) => void): Promise<Attachment | undefined> {
    const fits = chosen.size < maxCount && file.size <= maxBytes;
    say(t(fits ? 'uploading' : 'fileRefused'));
    if (!fits) return undefined;
    try {
      const attachment = await engine.upload(file);
      say('');
      return attachment;
    } catch (error) {
      say(t(error instanceof HttpError && error.final ? 'fileRefused' : 'failed'));
      return undefined;
    }
  }

  function remove(row: HTMLElement): void {
    chosen.delete(row);
    row.remove();
    element.hidden = chosen.size === 0;
  }

  return {
    element, add,

    /** Waits for uploads that are under way; what could not be uploaded is left out. */
    async ready(): Promise<Attachment[] | undefined> {
      const done = (await Promise.all(chosen.values())).filter((one): one is Attachment => one !== undefined);
      return done.length > 0 ? done : undefined;
    },

    clear: () => [...chosen.keys()].forEach(remove),
  };
}
