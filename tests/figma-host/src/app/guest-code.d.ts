/** Filled in by the build: the script that gives a virtual machine its `figma`. */
declare module 'guest-code' {
  const code: string;
  export default code;
}
