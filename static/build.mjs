// Builds dist/: the style sheet, the script, the mark and the paper font. Needs nothing but what `npm ci` installed.
// Names carry the first 12 digits of the file's SHA-256, so that browsers may keep them for good; manifest.json maps plain names to them.
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as sass from 'sass'

const root = dirname(fileURLToPath(import.meta.url))
const dist = join(root, 'dist')
const modules = join(root, 'node_modules')
const manifest = {}

function clean () {
  mkdirSync(dist, { recursive: true })
  for (const name of readdirSync(dist)) {
    if (name !== '.keep') rmSync(join(dist, name), { recursive: true })
  }
}

function emit (name, body) {
  const data = Buffer.from(body)
  const digest = createHash('sha256').update(data).digest('hex').slice(0, 12)
  const ext = extname(name)
  const out = `${name.slice(0, -ext.length)}.${digest}${ext}`
  writeFileSync(join(dist, out), data)
  writeFileSync(join(dist, out + '.gz'), gzipSync(data, { level: 9 }))
  manifest[name] = out
}

function style () {
  const options = { style: 'compressed', charset: false, loadPaths: [modules], quietDeps: true }
  return sass.compile(join(root, 'src/scss/main.scss'), options).css
}

// script drops comment lines and indentation; that is all the shrinking a small file needs.
function script () {
  const lines = readFileSync(join(root, 'src/js/portal.js'), 'utf8').split('\n')
  return lines.map(l => l.trim()).filter(l => l && !l.startsWith('//')).join('\n') + '\n'
}

// The font keeps its plain name: the program reads it to write PDF files, browsers never ask for it.
function font () {
  const from = join(modules, '@expo-google-fonts/noto-sans-sc')
  const to = join(dist, 'fonts')
  mkdirSync(to, { recursive: true })
  copyFileSync(join(from, '400Regular/NotoSansSC_400Regular.ttf'), join(to, 'NotoSansSC-Regular.ttf'))
  copyFileSync(join(from, 'LICENSE_FONT'), join(to, 'OFL.txt'))
}

clean()
emit('portal.css', style())
emit('portal.js', script())
emit('mark.svg', readFileSync(join(root, 'src/mark.svg')))
font()
writeFileSync(join(dist, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n')
console.log(Object.values(manifest).join('\n'))
