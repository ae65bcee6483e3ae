package site

// QuietStyle is a style sheet for handler.Base.PageStyle: the pages of
// http.server as a browser edition shows them, in the colours of the system and
// with lines that are easy to hit.
const QuietStyle = `body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.25rem; font-weight: 600; overflow-wrap: anywhere; }
hr { border: 0; border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
ul { list-style: none; padding: 0; }
li a { display: block; padding: 0.2rem 0.4rem; border-radius: 3px; overflow-wrap: anywhere; }
li a:hover { background: color-mix(in srgb, currentColor 10%, transparent); }
`
