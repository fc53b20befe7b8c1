/** The little of WebAssembly that schemaDiff.ts uses; the types of Node 20 leave it to the browser's. */
declare namespace WebAssembly {
  function instantiate(
    bytes: Uint8Array,
    imports: Record<string, Record<string, unknown>>,
  ): Promise<{ readonly instance: { readonly exports: { __wbindgen_start: () => void } } }>;
}
