// What esbuild makes of an import of a style sheet: a file beside the script, and nothing in it.
declare module '*.css' {}
