import type { Cleaning } from '@pointbook/shared/contract/fields'
import { cleanDigits } from '@pointbook/shared/digits'
import { cleanPhone } from '@pointbook/shared/phone'
import { bare, cleanLine, cleanName, cleanText } from '@pointbook/shared/text'
import type { Ajv } from 'ajv'

const cleaners: Record<Cleaning, (text: string) => string> = {
  line: cleanLine,
  text: cleanText,
  name: cleanName,
  code: bare,
  digits: cleanDigits,
  phone: cleanPhone,
  login: (text) => cleanName(text).toLowerCase(),
}

/** Texts that the contract declares as cleaned are cleaned in place before their bounds are checked, and so reach the handler. */
export function cleanTexts(ajv: Ajv): Ajv {
  return ajv.addKeyword({
    keyword: 'x-clean',
    type: 'string',
    schemaType: 'string',
    before: 'maxLength',
    modifying: true,
    errors: false,
    validate: (how: Cleaning, text: string, _, place) => {
      if (place) place.parentData[place.parentDataProperty] = cleaners[how](text)
      return true
    },
  })
}
