// What the test asks of a page it has open. It is set before the scripts of the page and touches nothing until asked.
window.look = (() => {
  const clear = c => c === 'transparent' || / 0\)$/.test(c)
  const seen = e => e.checkVisibility() && e.getClientRects().length > 0
  const all = sel => [...document.querySelectorAll(sel)].filter(seen)
  const show = e => e.outerHTML.replace(/\s+/g, ' ').slice(0, 140)
  const style = e => getComputedStyle(e)
  // Radio buttons and checkboxes show their state on the label behind them.
  const face = e => e.matches('[type=radio],[type=checkbox]') && e.nextElementSibling ? e.nextElementSibling : e
  const controls = 'a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]'
  const edged = e => ['Top', 'Right', 'Bottom', 'Left'].some(side => parseFloat(style(e)[`border${side}Width`]) > 0 && style(e)[`border${side}Style`] !== 'none')
  const ringed = (e, lit) => {
    const s = style(face(e))
    if (s.outlineStyle === 'auto') return true
    if (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && (!lit || !clear(s.outlineColor))) return true
    return lit && s.backgroundColor === 'rgb(255, 214, 102)'
  }
  let spacing
  let reached
  let grounds

  return {
    // fits: nothing scrolls sideways but tables in their own box, and no words are cut off.
    fits () {
      const bad = []
      const wide = document.documentElement.scrollWidth
      if (wide > innerWidth) bad.push(`the page is ${wide} px wide on a screen of ${innerWidth}`)
      for (const e of all('body, body *')) {
        const s = style(e)
        if (e.clientWidth < 2 || e.matches('svg *,.govuk-visually-hidden,input,textarea,select')) continue
        const cut = (how, inside, room) => /hidden|clip/.test(how) && inside > room + 1
        if (cut(s.overflowX, e.scrollWidth, e.clientWidth) || cut(s.overflowY, e.scrollHeight, e.clientHeight)) bad.push('cut off: ' + show(e))
      }
      return bad
    },
    letters (size) { document.documentElement.classList.toggle('text-150', size === 150) },
    // space sets what WCAG 1.4.12 lets a reader set.
    space (on) {
      spacing = spacing || new CSSStyleSheet()
      spacing.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important} p{margin-bottom:2em!important}')
      document.adoptedStyleSheets = on ? [spacing] : []
    },
    // tabbing begins to watch the focus and gives how many keys it takes to walk the page once.
    tabbing () {
      reached = []
      let above = 0
      document.addEventListener('focusin', e => {
        const r = face(e.target).getBoundingClientRect()
        reached.push({ e: e.target, ring: ringed(e.target, true), on: r.width > 1 && r.left >= -1 && r.top < innerHeight && r.bottom > 0, up: r.bottom + scrollY <= above })
        above = r.top + scrollY
      })
      document.body.tabIndex = -1
      document.body.focus()
      document.body.removeAttribute('tabindex')
      reached.length = above = 0
      return this.stops().length + 8 * all('[type=date],[type=datetime-local]').length
    },
    // stops are what the Tab key must come to: every control, and one of each group of radio buttons.
    stops () {
      const groups = new Set()
      return all(controls).filter(e => {
        if (e.tabIndex < 0 || e.disabled || (e.matches('summary') && e.parentElement.firstElementChild !== e)) return false
        if (e.type !== 'radio') return true
        const group = e.form && e.form.id + e.form.action + e.name
        const mine = document.getElementsByName(e.name)
        const first = [...mine].find(x => x.checked && x.form === e.form) || [...mine].find(x => !x.disabled && x.form === e.form)
        if (groups.has(group) || e !== first) return false
        groups.add(group)
        return true
      })
    },
    tabbed () {
      const bad = []
      for (const e of this.stops()) if (!reached.some(r => r.e === e)) bad.push('Tab does not come to ' + show(e))
      for (const r of reached) {
        if (!r.ring) bad.push('focus does not show on ' + show(r.e))
        if (!r.on) bad.push('focus is out of sight on ' + show(r.e))
        if (r.up && !r.e.matches('.govuk-skip-link')) bad.push('focus goes back up to ' + show(r.e))
        if (r.e.tabIndex > 0) bad.push('an order of its own: ' + show(r.e))
      }
      return bad
    },
    // ground remembers what stands apart by its ground alone, before colours are taken away.
    ground () {
      document.activeElement.blur()
      const under = e => { for (let x = e.parentElement; x; x = x.parentElement) if (!clear(style(x).backgroundColor)) return style(x).backgroundColor }
      const frame = 'html,body,header,header *,footer,.hero,.start,.page,mark,.kiosk,.kiosk *,option,kbd,svg *'
      grounds = all('body *').filter(e => !e.matches(frame) && e.textContent.trim() && !clear(style(e).backgroundColor) && style(e).backgroundColor !== under(e))
    },
    // forced: with the colours of the reader's choice every control, tag and box keeps an edge, and focus shows.
    forced () {
      const bad = []
      for (const e of grounds) if (!edged(e) && style(e).outlineStyle === 'none') bad.push('nothing but its ground sets it apart: ' + show(e))
      for (const e of all('a[href],button,input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file]),select,textarea,summary,.govuk-radios__label,.govuk-checkboxes__label')) {
        const underlined = [e, ...e.querySelectorAll('*')].some(x => style(x).textDecorationLine.includes('underline'))
        if (!edged(e) && !underlined && !e.matches('.govuk-skip-link,.govuk-generic-header__homepage-link,.short a')) bad.push('no edge and no line: ' + show(e))
      }
      for (const e of this.stops()) {
        e.focus()
        if (document.activeElement === e && !ringed(e, false)) bad.push('focus does not show on ' + show(e))
      }
      return bad
    },
    // still: who asked for less motion gets none.
    still () {
      return all('body *').filter(e => style(e).animationName !== 'none' || /[1-9]/.test(style(e).transitionDuration)).map(e => 'moves: ' + show(e))
    },
    // paper: a printed page fits on its sheet and holds nothing to press.
    paper () {
      const wide = document.documentElement.scrollWidth
      const bad = all('header,footer,button,.govuk-button,.govuk-back-link').map(e => 'printed: ' + show(e))
      if (wide > innerWidth) bad.push(`${wide} px wide on a sheet of ${innerWidth}`)
      return bad
    }
  }
})()
