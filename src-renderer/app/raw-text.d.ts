/** Documents that are shown in the window as well, put into the bundle as they are. */
declare module '*.md?raw' {
  const text: string;
  export default text;
}
