import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'mysql',
  schema: ['./src/book/tables.ts', './src/features/**/tables.ts', './src/platform/**/*table*.ts'],
  out: './migrations',
})
