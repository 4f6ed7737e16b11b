import fs from 'node:fs'
import inspector from 'node:inspector/promises'
import read from './src/intake/thread.ts'
import { annotatedArticles } from './test/intake/annotated.ts'

const t = annotatedArticles('development')
  .map(({ text }) => text)
  .join('\n\n')
const text = t.repeat(Math.ceil(990000 / t.length)).slice(0, 990000)
fs.writeFileSync('/tmp/w/mega.txt', text)
const s = new inspector.Session()
s.connect()
for (let i = 0; i < 6; i++) {
  if (process.argv[2] && (i === 0 || i === 4)) {
    await s.post('Profiler.enable')
    await s.post('Profiler.start')
  }
  const c = process.cpuUsage(),
    w = performance.now()
  const r = read({ text, options: {} })
  const d = process.cpuUsage(c)
  console.log(
    i,
    'thread cpu',
    ((d.user + d.system) / 1000) | 0,
    'wall',
    (performance.now() - w) | 0,
    r.anchors.length,
    r.intake.story.quotes.length,
    r.intake.story.people.length,
  )
  if (process.argv[2] && (i === 0 || i === 4)) {
    const { profile } = await s.post('Profiler.stop')
    fs.writeFileSync(`/tmp/w/mega${i}.cpuprofile`, JSON.stringify(profile))
  }
}
