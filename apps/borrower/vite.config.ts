import { defineConfig } from 'vite';

/** The page is plain files under any path: addresses are relative, routes live behind `#`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['chrome80', 'safari14'], outDir: 'dist', emptyOutDir: true, modulePreload: false,
    // Steady names: a server that is running goes on serving a page that is built anew (it revalidates by ETag).
    rolldownOptions: { output: { entryFileNames: 'assets/page.js', chunkFileNames: 'assets/[name].js', assetFileNames: 'assets/[name][extname]' } },
  },
  server: { proxy: { '/v1': process.env['MINGDAI_URL'] ?? 'http://127.0.0.1:8300' } },
});
