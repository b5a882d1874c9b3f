/** The colours of the editor's two themes that plugins read as `--figma-color-*`. */
const COLOURS = {
  bg: ['#ffffff', '#2c2c2c'],
  'bg-secondary': ['#f5f5f5', '#383838'],
  'bg-tertiary': ['#e6e6e6', '#444444'],
  'bg-hover': ['#f5f5f5', '#383838'],
  'bg-selected': ['#e5f4ff', '#4a5878'],
  'bg-brand': ['#0d99ff', '#0c8ce9'],
  'bg-brand-hover': ['#007be5', '#0a6dc2'],
  'bg-danger': ['#f24822', '#e03e1a'],
  'bg-disabled': ['#d9d9d9', '#757575'],
  text: ['rgba(0,0,0,0.9)', '#ffffff'],
  'text-secondary': ['rgba(0,0,0,0.6)', 'rgba(255,255,255,0.7)'],
  'text-disabled': ['rgba(0,0,0,0.3)', 'rgba(255,255,255,0.4)'],
  'text-onbrand': ['#ffffff', '#ffffff'],
  'text-brand': ['#0768cf', '#7cc4f8'],
  'text-danger': ['#c4220d', '#fca397'],
  'text-warning': ['#8f5a00', '#f7d15f'],
  border: ['#e6e6e6', '#444444'],
  'border-strong': ['#2c2c2c', '#ffffff'],
  'border-selected': ['#0d99ff', '#0c8ce9'],
  icon: ['rgba(0,0,0,0.9)', '#ffffff'],
  'icon-secondary': ['rgba(0,0,0,0.5)', 'rgba(255,255,255,0.7)'],
} as const;

/** One of the editor's themes. */
export type Theme = 'light' | 'dark';

/** The theme as the style sheet that the editor puts into a window opened with `themeColors`. */
export function themeCss(theme: Theme): string {
  const index = theme === 'light' ? 0 : 1;
  const lines = Object.entries(COLOURS).map(([name, values]) => `--figma-color-${name}: ${values[index]};`);
  return `:root { ${lines.join(' ')} }`;
}
