#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * The program. What Node makes of the sources, the JavaScript of each TypeScript file and V8's code, is kept from one
 * start to the next: without it a start takes almost twice as long, and 24 MB more. So this file is JavaScript: for a single
 * one in TypeScript, Node would load its compiler. `main.ts` writes down what is new as soon as it listens.
 *
 * The folder is in the installation, where only those may write who may change the program, as what is in it is run.
 * Where nobody may, or it is damaged, a start is as slow as the first. The variable names another one, and is how
 * threads and the processes of `WORKERS` know of it.
 */
process.env.NODE_COMPILE_CACHE ||= fileURLToPath(new URL('../node_modules/.cache/dateline', import.meta.url))
enableCompileCache()
await import('./cli.ts')
