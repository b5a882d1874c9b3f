/** The bundled source of a worker, which the build puts here: workers cannot load files of an extension. */
declare module 'worker:*' {
  const source: string;
  export default source;
}

declare module '*.css';
