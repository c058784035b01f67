// Builds the styles (sass) and the script (esbuild) into the folder given. Run by: make assets
import { build } from 'esbuild'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from 'sass'

const HERE = import.meta.dirname
const out = process.argv[2]
mkdirSync(out, { recursive: true })

for (const name of ['site', 'bench']) {
  const made = compile(join(HERE, 'styles', `${name}.scss`), {
    style: 'compressed',
    loadPaths: ['node_modules'],
    quietDeps: true
  })
  writeFileSync(join(out, `${name}.css`), made.css)
}

await build({
  entryPoints: [join(HERE, 'scripts', 'site.js')],
  outdir: out,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2020',
  legalComments: 'none'
})
