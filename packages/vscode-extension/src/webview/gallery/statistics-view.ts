import type { Statistics } from '@cutkit/datasets';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { ClassView } from '../../protocol/editor.js';
import { css } from '../editor/draw-outlines.js';
import { t } from '../shared/l10n.js';
import { countImages } from './count-images.js';

/** Figures and plots of a data set. */
export function statisticsView(found: Statistics, classes: readonly ClassView[]): TemplateResult {
  const { images, instances, emptyImages, sizes } = found;
  return html`<div class="statistics">
    <dl class="figures">
      ${figure(t('Images'), images)} ${figure(t('Instances'), instances)}
      ${figure(t('Images without instances'), emptyImages)} ${figure(t('Small, below 32² px'), sizes.small)}
      ${figure(t('Medium, below 96² px'), sizes.medium)} ${figure(t('Large'), sizes.large)}
      ${found.unreadable > 0 ? figure(t('Unreadable images'), found.unreadable) : nothing}
    </dl>
    <h2>${t('Instances by class')}</h2>
    ${bars(
      t('Class'),
      t('Instances'),
      found.classes.map(({ index, name, instances: count, images: shown }) => ({
        name,
        count,
        told: instancesIn(count, shown),
        colour: css(classes.find((one) => one.index === index)?.colour ?? [128, 128, 128]),
      })),
    )}
    <h2>${t('Instances in an image')}</h2>
    ${histogram(found.perImage)}
    <h2>${t('Sizes of images')}</h2>
    ${bars(
      t('Size'),
      t('Images'),
      found.imageSizes.map(({ width, height, images: count }) => ({
        name: width > 0 ? `${width}×${height}` : t('unknown'),
        count,
        told: countImages(count),
      })),
    )}
  </div>`;
}

/** How many instances there are in how many images, in words. */
function instancesIn(count: number, images: number): string {
  return images === 1
    ? t('{0} in 1 image', count.toLocaleString())
    : t('{0} in {1} images', count.toLocaleString(), images.toLocaleString());
}

/** One row of {@link bars}. */
interface Bar {
  readonly name: string;
  readonly count: number;
  /** The count in words. */
  readonly told: string;
  /** Of the bar, where it is not that of all. */
  readonly colour?: string;
}

/** Counts as a table with bars, of which the longest fills its column. */
function bars(names: string, counts: string, rows: readonly Bar[]): TemplateResult {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return html`<table class="bars">
    <thead class="screen-reader-only">
      <tr>
        <th>${names}</th>
        <th>${t('Share')}</th>
        <th>${counts}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(({ name, count, told, colour }) => {
        const style = `width:${(count / most) * 100}%${colour ? `;background:${colour}` : ''}`;
        return html`<tr>
          <th scope="row">${name}</th>
          <td><div class=${colour ? 'bar' : 'bar plain'} .style=${style}></div></td>
          <td class="number">${told}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function figure(name: string, value: number): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value.toLocaleString()}</dd>
  </div>`;
}

function histogram(bins: readonly number[]): TemplateResult {
  const most = Math.max(1, ...bins);
  const last = Math.max(1, bins.findLastIndex((value) => value > 0) + 1);
  const shown = bins.slice(0, last);
  const width = 100 / shown.length;
  const summary = shown.flatMap((count, n) => (count > 0 ? [`${n}: ${count}`] : [])).join(', ');
  return html`<svg class="histogram" viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label=${summary}>
      ${shown.map((count, n) => {
        const height = (count / most) * 30;
        return svg`<rect x=${n * width + width * 0.1} y=${30 - height} width=${width * 0.8} height=${height}><title>${n}: ${count}</title></rect>`;
      })}
    </svg>
    <div class="axis"><span>0</span><span>${last - 1}${last > 50 ? '+' : ''}</span></div>`;
}
