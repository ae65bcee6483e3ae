// What the build writes into files.js: the files of the browser edition but the
// service workers, with the SHA-256 of each in hexadecimal.
declare const FILES: Readonly<Record<string, string>>;
