import { t } from '../shared/l10n.js';

/** How many images there are, in words. */
export function countImages(count: number): string {
  return count === 1 ? t('1 image') : t('{0} images', count.toLocaleString());
}
