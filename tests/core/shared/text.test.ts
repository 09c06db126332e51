import { cleanDigits, decimalFrom, isDamaged, wholeFrom } from '@pointbook/shared/digits'
import { fenFromYuan } from '@pointbook/shared/money'
import { cleanPhone, phonesIn } from '@pointbook/shared/phone'
import { bare, cleanLine, cleanName, cleanText, cut, lengthOf, nameKey } from '@pointbook/shared/text'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'

const family = '👨‍👩‍👧'
const marks = '\u200b\u200d\u202e\u2066\ufe0f\ufeff\u00ad\u0301\u3164\u2800\u3000\u00a0\ud800\udc00\udb40\u20e3'

/** Any code units at all, lone surrogates and marks among them more often than chance has them. */
const anything = fc
  .array(
    fc.oneof(
      fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(...marks, ...family),
    ),
    {
      maxLength: 40,
    },
  )
  .map((units) => units.join(''))

describe('cleaning', () => {
  it.each(Object.entries({ cleanLine, cleanText, cleanName, bare, nameKey, cleanDigits, cleanPhone }))(
    '%s takes any text without failing, and changes nothing when it runs again (FS14)',
    (_, clean) => {
      fc.assert(
        fc.property(anything, (text) => {
          expect(clean(clean(text))).toBe(clean(text))
        }),
        { numRuns: 2_000 },
      )
    },
  )

  it('leaves lone surrogates unchanged, and does not treat a part of an emoji as a dash (FS14)', () => {
    for (const clean of [cleanDigits, cleanPhone]) expect(clean('1\udb40 -\udc002')).toBe('1\udb40 -\udc002')
    expect(bare('\u2212\u200d\u{1f468}')).toBe('-\u{1f468}')
  })

  it('removes invisible marks, so that a name of nothing else is empty (FS14)', () => {
    for (const text of ['\u200b\u200b', '\u202e', '\ufeff \u3000', '\u3164', '\u2800', '\ufe0f', '\u200d', '\u{e0041}'])
      expect([cleanName(text), cleanLine(text), cleanText(text), bare(text)]).toEqual(['', '', '', ''])
    expect(cleanName('\u202e林\u2066小\u200b满\u202c')).toBe('林小满')
  })

  it('keeps joiners and style marks that combine several characters into one emoji', () => {
    for (const emoji of [family, '❤️', '🏳️‍🌈', '1️⃣', '🙂‍↔️', '👍🏽', '🇨🇳']) {
      expect(cleanName(emoji)).toBe(emoji)
      expect(cleanText(`好${emoji}。`)).toBe(`好${emoji}。`)
    }
    expect(cleanName('林\u200d小\ufe0f满')).toBe('林小满')
  })

  it('normalises width and Unicode form of names, and keeps Chinese punctuation (FI6)', () => {
    expect(cleanName('　ＣＯＦＦＥＥ　')).toBe('COFFEE')
    expect(cleanName('cafe\u0301')).toBe('café')
    expect(cleanName('咖啡　　拿铁 ')).toBe('咖啡 拿铁')
    expect(cleanName('拿铁（大）：热！')).toBe('拿铁（大）：热！')
  })

  it('keeps the lines, indents and full-width characters of prose', () => {
    expect(cleanText('　　春节期间，营业。\r\n　　谢谢！ \n')).toBe('　　春节期间，营业。\n　　谢谢！')
    expect(cleanLine(' 系统故障，补偿 ')).toBe('系统故障，补偿')
  })

  it('compares names without regard to width, form and blanks, but with regard to case (FI6)', () => {
    const same = ['咖啡', '咖啡 ', '咖啡　', '\u200b咖啡', '咖啡\u00a0']
    expect(new Set(same.map(nameKey)).size).toBe(1)
    expect(new Set(['COFFEE', 'ＣＯＦＦＥＥ', ' COFFEE'].map(nameKey)).size).toBe(1)
    expect(nameKey('cafe\u0301（热）')).toBe(nameKey('café(热)'))
    expect(nameKey('coffee')).not.toBe(nameKey('COFFEE'))
  })
})

describe('the length of a text', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('counts characters, not the units that a phone stores them in (FP13)', () => {
    expect([lengthOf('林小满'), lengthOf('😀'.repeat(20)), lengthOf('\ud83d')]).toEqual([3, 20, 1])
    fc.assert(
      fc.property(anything, (text) => {
        expect(lengthOf(text)).toBe([...text].length)
      }),
    )
  })

  it.each([true, false])('is cut between whole characters, also by an engine that cannot segment: %s (FP13)', (can) => {
    if (!can) vi.stubGlobal('Intl', undefined)
    expect(cut('😀'.repeat(21), 20)).toBe('😀'.repeat(20))
    expect(cut(`林小满${family}`, 4)).toBe('林小满')
    expect(cut(`林小满${family}`, 8)).toBe(`林小满${family}`)
    expect(cut('e\u0301e\u0301', 3)).toBe('e\u0301')
    expect(cut('🇨🇳🇭🇰', 3)).toBe('🇨🇳')
    expect(cut('👍🏽👍🏽', 3)).toBe('👍🏽')
    fc.assert(
      fc.property(anything, fc.nat(20), (text, most) => {
        expect(lengthOf(cut(text, most))).toBeLessThanOrEqual(most)
        expect(text.startsWith(cut(text, most))).toBe(true)
      }),
    )
  })
})

describe('figures as they are typed', () => {
  it('reads a code of any width, in groups, with blanks and line breaks around it (FT5)', () => {
    for (const typed of [
      '６０００００００ ０００７',
      '6000 0000 0007\r\n',
      '\u00a0600000000007',
      '6000-0000–0007\u200e',
      '6000－0000—0007\t',
      '\u0002600000000007\u0003',
      '\u001d6000 0000 0007\u0000',
      '𝟔𝟎𝟎𝟎⓪⓪⓪⓪𝟎𝟎𝟎𝟕',
    ])
      expect(cleanDigits(typed)).toBe('600000000007')
    expect(cleanDigits('6000 000x')).toBe('6000000x')
  })

  it('reads money with a currency sign, full-width digits and blanks around (FI2, FI4)', () => {
    for (const text of ['￥12.50', '¥ 12.5', '１２．５０', ' 12.50\u3000', '12.50元', '12.5 元'])
      expect(fenFromYuan(text), text).toBe(12_50)
    expect(fenFromYuan('¥1,234,567.80')).toBe(1_234_567_80)
    expect(fenFromYuan('1，234.50')).toBe(1_234_50)
  })

  it('accepts a comma only between thousands: 12,50 is no amount (FI2)', () => {
    for (const text of ['12,50', '12，50', '1,2345', '1234,567', ',500', '1,23', '1,234,5', '12.3,4', '1.234,50'])
      expect(fenFromYuan(text), text).toBeNull()
  })

  it('reads whole numbers and changes none silently (FM9)', () => {
    expect(['５０', '1,200', ' 7 ', '-50', '−3', '99999999999'].map(wholeFrom)).toEqual([
      50, 1_200, 7, -50, -3, 99_999_999_999,
    ])
    for (const text of ['1.5', '', 'abc', '1e3', '12,50', '--1', '1234567890123456'])
      expect(wholeFrom(text), text).toBeNull()
    expect([decimalFrom('1.25', 2), decimalFrom('1.255', 2), decimalFrom('1.', 2)]).toEqual([1.25, null, null])
  })

  it('detects a number whose digits a spreadsheet has lost (FI1)', () => {
    expect(
      ['1.38E+10', '1.38e10', '１．３８Ｅ＋１０', '1,38E+10', '6E+11', '####', '#N/A', '#REF!', '#DIV/0!'].every(
        isDamaged,
      ),
    ).toBe(true)
    expect(['13800138000', 'E10', '1E', 'A1E5', '12.50', '#1', '#VIP', ''].some(isDamaged)).toBe(false)
  })
})

describe('phone numbers', () => {
  it('reads a mainland number however it is written (FM3)', () => {
    for (const typed of [
      '13800138000',
      '+8613800138000',
      '86 138 0013 8000',
      '0086-138-0013-8000',
      '１３８００１３８０００',
      '\u202d13800138000\u202c',
      '+86 (138) 0013.8000',
    ])
      expect([cleanPhone(typed), phonesIn(typed)], typed).toEqual(['13800138000', ['13800138000']])
  })

  it('reads numbers of Hong Kong, Macao and Taiwan with their region, and guesses it where it is left out (FM3)', () => {
    for (const typed of ['+852 5123 4567', '85251234567', '00852 51234567'])
      expect(phonesIn(typed)).toEqual(['+85251234567'])
    expect(phonesIn('5123 4567')).toContain('+85251234567')
    expect(phonesIn('0912345678')).toEqual(['+886912345678'])
    expect([phonesIn('林小满'), phonesIn('8000'), phonesIn('')]).toEqual([[], [], []])
  })
})
