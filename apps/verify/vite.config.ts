import { defineConfig } from 'vite';
import { singleFile } from './single-file.ts';

/** The page is one file that works wherever it is kept, opened from a folder too. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [singleFile()],
  build: {
    target: ['chrome80', 'safari14'], outDir: 'dist', emptyOutDir: true, modulePreload: false, cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
