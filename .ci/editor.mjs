// Asks yaml-language-server, which VS Code, Neovim and others check YAML with, what it makes of job files as udfplan import writes them.
// usage: node editor.mjs FOLDER-OF-NODE-MODULES FOLDER: FOLDER holds imported.yaml, and what `udfplan schema job` wrote where its first line says.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [modules, folder] = process.argv.slice(2)
const server = spawn(process.execPath, [`${modules}/yaml-language-server/bin/yaml-language-server`, '--stdio'])
const root = pathToFileURL(folder + '/').href
const settings = { yaml: { validate: true, completion: true, hover: true, schemaStore: { enable: false } } }
const answers = new Map(), told = new Map()
let asked = 0, unread = Buffer.alloc(0)

const send = (message) => {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message })
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}
const notify = (method, params) => send({ method, params })
const ask = (method, params) => new Promise((resolve) => { answers.set(++asked, resolve); send({ id: asked, method, params }) })

server.stdout.on('data', (data) => {
  unread = Buffer.concat([unread, data])
  for (;;) {
    const end = unread.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = Number(/Content-Length: (\d+)/i.exec(unread.subarray(0, end).toString())[1])
    if (unread.length < end + 4 + length) return
    const message = JSON.parse(unread.subarray(end + 4, end + 4 + length).toString())
    unread = unread.subarray(end + 4 + length)
    take(message)
  }
})

function take(message) {
  if (message.method === 'textDocument/publishDiagnostics') told.get(message.params.uri)?.(message.params.diagnostics)
  else if (message.method === 'workspace/configuration') send({ id: message.id, result: message.params.items.map((item) => settings[item.section] ?? null) })
  else if (message.method && message.id !== undefined) send({ id: message.id, result: null })
  else if (message.id !== undefined) answers.get(message.id)?.(message.result)
}

// opened is what the server says of a text, as LINE: MESSAGE.
async function opened(name, text) {
  const said = new Promise((resolve) => told.set(root + name, resolve))
  notify('textDocument/didOpen', { textDocument: { uri: root + name, languageId: 'yaml', version: 1, text } })
  return (await said).map((d) => `${d.range.start.line + 1}: ${d.message}`).sort()
}

const wrong = []
const want = (what, got, wanted) => {
  if (JSON.stringify(got) !== JSON.stringify(wanted)) wrong.push(`${what}: ${JSON.stringify(got)}, want ${JSON.stringify(wanted)}`)
}

setTimeout(() => { console.log('yaml-language-server does not answer'); process.exit(1) }, 120000).unref()
await ask('initialize', { processId: process.pid, rootUri: root, workspaceFolders: [{ uri: root, name: 'jobs' }],
  capabilities: { workspace: { configuration: true }, textDocument: { completion: { completionItem: { snippetSupport: true } } } } })
notify('initialized', {})
notify('workspace/didChangeConfiguration', { settings })

const imported = readFileSync(`${folder}/imported.yaml`, 'utf8')
const line = imported.split('\n')[0] + '\n'
want('imported.yaml', await opened('imported.yaml', imported), [])
want('mistakes', await opened('mistakes.yaml', line + 'mode: Batch\noperators:\n  - id: a\n    pyhton: true\n    managedMemory: lots\n'),
  ['2: Value is not accepted. Valid values: "batch", "streaming".', '5: Property pyhton is not allowed.',
    '6: Wanted is a memory size such as 79mb, 1gb, 512kb, or a number of bytes.'])
want('a second document', await opened('second.yaml', imported + '---\n' + line + 'operators: []\n'),
  [`${imported.split('\n').length + 2}: Array has too few items. Expected 1 or more.`])
want('no schema', (await opened('elsewhere.yaml', line.replace('udfplan-job', 'no-such') + 'operators: []\n')).map((text) => text.includes('Unable to load schema')), [true])

await opened('typing.yaml', line + 'operators:\n  - id: a\n    chainingStrategy: \n    python:\n      \n')
const at = (line, character) => ({ textDocument: { uri: root + 'typing.yaml' }, position: { line, character } })
const labels = async (...place) => (await ask('textDocument/completion', at(...place))).items.map((item) => item.label).sort()
want('words', await labels(3, 22), ['always', 'head', 'head-with-sources', 'never'])
want('keys', await labels(5, 6), ['env', 'functions', 'mode', 'userMemory', 'worker'])
const hover = JSON.stringify((await ask('textDocument/hover', at(4, 6))).contents)
if (!hover.includes('Whether it runs Python functions')) wrong.push(`hover: ${hover}`)

console.log(wrong.length ? wrong.join('\n') : 'yaml-language-server: finds the schema by the line, checks, completes and explains')
server.kill()
process.exit(wrong.length ? 1 : 0)
