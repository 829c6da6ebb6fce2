// Improves pages that already work without it. No page needs this file.
(() => {
  const doc = document
  const all = (sel, from = doc) => [...from.querySelectorAll(sel)]
  const one = (sel, from = doc) => from.querySelector(sel)

  // A form is sent once, however often it is clicked. Coming back to the page frees it again.
  doc.addEventListener('submit', e => {
    const f = e.target
    if (f.dataset.sent) { e.preventDefault(); return }
    f.dataset.sent = '1'
    if (f.matches('[data-upload]') && window.FormData) upload(e, f)
  })
  addEventListener('pageshow', () => all('form[data-sent]').forEach(f => { delete f.dataset.sent }))

  // Leave quickly: the page goes blank at once and does not stay in the history. Shift three times does the same.
  const exit = one('[data-exit]')
  const leave = e => {
    if (e) e.preventDefault()
    doc.body.hidden = true
    location.replace(exit.href)
  }
  let shifts = []
  if (exit) {
    exit.addEventListener('click', leave)
    doc.addEventListener('keydown', e => {
      if (e.key !== 'Shift') { shifts = []; return }
      shifts = [...shifts.filter(t => e.timeStamp - t < 3000), e.timeStamp]
      if (!e.repeat && shifts.length > 2) leave()
    })
  }

  // The error summary takes the focus, so that it is read first.
  const sum = one('.govuk-error-summary')
  if (sum) sum.focus()

  // Files chosen: their names and sizes, and what is too much, before anything is sent.
  const size = n => n < 1048576 ? Math.ceil(n / 1024) + ' KB' : (n / 1048576).toFixed(1) + ' MB'
  const add = (to, tag, text) => {
    const x = doc.createElement(tag)
    if (text) x.textContent = text
    to.append(x)
    return x
  }
  const picked = f => all('input[type=file][name]', f).flatMap(i => [...i.files])
  all('[data-chosen]').forEach(box => {
    const f = box.closest('form')
    const d = box.dataset
    const show = () => {
      const files = picked(f)
      box.replaceChildren()
      box.hidden = !files.length
      const ul = add(box, 'ul')
      files.forEach(x => {
        const li = add(ul, 'li', x.name + ' · ' + size(x.size))
        if (x.size > +d.max) add(li, 'b', ' ' + d.large)
        const bar = add(li, 'progress')
        bar.hidden = true
        bar.max = x.size || 1
        bar.value = 0
        bar.setAttribute('aria-label', d.label + ' ' + x.name)
      })
      if (files.length > +d.files) add(box, 'b', d.many)
      else if (files.reduce((n, x) => n + x.size, 0) > +d.all) add(box, 'b', d.full)
    }
    f.addEventListener('change', e => { if (e.target.type === 'file') show() })
    show()
  })

  // Uploads show how far each file is. Whatever goes wrong here, the plain form is sent instead.
  function upload (e, f) {
    const box = one('[data-chosen]', f)
    if (!box || !picked(f).length) return
    e.preventDefault()
    const x = new XMLHttpRequest()
    const data = new FormData(f)
    if (e.submitter && e.submitter.name) data.append(e.submitter.name, e.submitter.value)
    const bars = all('progress', box)
    bars.forEach(b => { b.hidden = false })
    x.upload.onprogress = p => {
      let left = p.loaded
      bars.forEach(b => { b.value = Math.max(0, Math.min(b.max, left)); left -= b.max })
    }
    x.upload.onload = () => add(box, 'p', box.dataset.sent)
    x.onerror = () => f.submit()
    x.onload = () => {
      history.pushState(null, '', x.responseURL)
      doc.open(); doc.write(x.responseText); doc.close()
    }
    x.open('POST', f.action)
    x.send(data)
  }

  // The fingerprint of a file, worked out here: the file is not sent.
  all('[data-hash]').forEach(box => {
    const file = one('input', box)
    if (!window.crypto || !crypto.subtle) return
    box.hidden = false
    file.addEventListener('change', async () => {
      const x = file.files[0]
      if (!x) return
      const sum = await crypto.subtle.digest('SHA-256', await x.arrayBuffer())
      doc.getElementById(box.dataset.hash).value = [...new Uint8Array(sum)].map(b => b.toString(16).padStart(2, '0')).join('')
    })
  })

  // Passkeys. The form asks the portal for a challenge and the browser for the key, and is then sent like any other; what is wrong, the page
  // that answers says. Shown only where the browser can do it.
  const keys = window.PublicKeyCredential
  all('[data-passkey]').forEach(box => {
    const adds = box.dataset.passkey === 'add'
    if (!keys || !(adds ? keys.parseCreationOptionsFromJSON : keys.parseRequestOptionsFromJSON)) return
    const f = one('form', box)
    const failed = one('[data-failed]', box)
    box.hidden = false
    all('[data-nopasskey]').forEach(x => { x.hidden = true })
    f.addEventListener('submit', async e => {
      e.preventDefault()
      failed.hidden = true
      try {
        const asked = await fetch(box.dataset.begin, { method: 'POST', body: new URLSearchParams(new FormData(f)) })
        if (asked.ok) {
          const options = (await asked.json()).publicKey
          const key = adds
            ? await navigator.credentials.create({ publicKey: keys.parseCreationOptionsFromJSON(options) })
            : await navigator.credentials.get({ publicKey: keys.parseRequestOptionsFromJSON(options) })
          one('[name=answer]', f).value = JSON.stringify(key.toJSON())
        }
        f.submit()
      } catch { failed.hidden = false }
      delete f.dataset.sent
    })
  })

  // Characters written so far.
  all('[data-count]').forEach(out => {
    const box = doc.getElementById(out.dataset.count)
    const show = () => { one('b', out).textContent = [...box.value].length }
    box.addEventListener('input', show)
    out.hidden = false
    show()
  })

  addEventListener('beforeprint', () => all('details').forEach(d => { d.open = true }))

  // Keys of staff pages. Every key has a visible control; all can be switched off; none works while typing.
  if (!doc.body.classList.contains('staff')) return
  const off = () => { try { return localStorage.keys === 'off' } catch { return false } }
  const sw = one('[data-keys-switch]')
  if (sw) {
    const say = () => { sw.textContent = off() ? sw.dataset.on : sw.dataset.off }
    sw.hidden = false
    say()
    sw.addEventListener('click', () => { try { localStorage.keys = off() ? 'on' : 'off' } catch { return } say() })
  }
  const rows = all('.queue tbody tr')
  let at = -1
  const move = d => {
    if (!rows.length) return
    if (rows[at]) rows[at].classList.remove('sel')
    at = Math.max(0, Math.min(rows.length - 1, at + d))
    rows[at].classList.add('sel')
    const a = one('th a', rows[at])
    if (a) a.focus()
  }
  const press = {
    j: () => move(1),
    k: () => move(-1),
    x: () => { const b = rows[at] && one('input[name=pick]', rows[at]); if (b) b.checked = !b.checked },
    a: () => { const l = rows[at] && rows[at].dataset.assign; if (l) location.href = l },
    '/': () => { const q = one('input[name=q]'); if (q) q.focus() },
    '?': () => { const k = one('.keys'); if (k) { k.tabIndex = -1; k.focus() } }
  }
  doc.addEventListener('keydown', e => {
    if (off() || e.ctrlKey || e.metaKey || e.altKey) return
    if (e.target.matches('input:not([type=radio]):not([type=checkbox]),textarea,select')) return
    const radio = one(`input[type=radio][data-key="${CSS.escape(e.key)}"]`)
    const act = radio ? () => { radio.checked = true; radio.focus() } : press[e.key.toLowerCase()]
    if (act) { e.preventDefault(); act() }
  })
})()
