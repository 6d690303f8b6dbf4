package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var (
	lightDesk = looking{"light", 1000, 800, "light"}
	darkDesk  = looking{"dark", 1000, 800, "dark"}
	lightHand = looking{"phone", 360, 740, "light"}
)

// TestBrowser is the page in a real Chromium, served by the program in a terminal.
func TestBrowser(t *testing.T) {
	dir := t.TempDir()
	url, stop := terminalWithPage(t, dir, "127.0.0.1:0")
	br := opened{newBrowser(t), url, axe(t)}
	t.Run("welcome", func(t *testing.T) {
		for _, l := range []looking{lightDesk, darkDesk, lightHand} {
			b := open(br.ctx, t, url+"/r/empty", l)
			b.shows("On this day")
			b.shot("welcome-" + l.name)
			b.accessible(br.axe, "welcome, "+l.name)
			b.fits()
			b.clean()
		}
	})
	t.Run("two tabs play a round", func(t *testing.T) { playRound(t, br) })
	t.Run("keyboard only", func(t *testing.T) { keyboardOnly(t, br) })
	t.Run("answers", func(t *testing.T) { answers(t, br) })
	t.Run("started again", func(t *testing.T) {
		b := open(br.ctx, t, url+"/r/again", lightDesk).enter("ada")
		b.say("palme d'or 2019")
		b.shows("Parasite")
		stop()
		b.shows("Connecting again…")
		terminalWithPage(t, dir, strings.TrimPrefix(url, "http://"))
		b.shows("The bot was started again.")
		b.say("best picture 2025")
		b.shows("Anora")
		if !b.has("Parasite") || b.has("Connecting again…") {
			t.Errorf("after it was started again the page shows %s", eval[string](b, "document.body.innerText"))
		}
	})
}

// opened is a browser, the program's address, and axe-core.
type opened struct {
	ctx      context.Context
	url, axe string
}

// playRound: two tabs of one browser are two players; each sees what the other does, and what is for it alone.
func playRound(t *testing.T, br opened) {
	room := br.url + "/r/duel"
	ada := open(br.ctx, t, room, lightDesk).enter("ada")
	bob := open(br.ctx, t, room, lightHand).enter("Bob")
	ada.shows("with Bob")
	ada.say("/trivia film-night race 2 10s typed")
	bob.shows("1 of 2")
	ada.shot("question-light")
	bob.shot("question-phone")
	bob.say("Wicked")
	bob.press("Answer")
	bob.until(`document.getElementById('asks').open`)
	bob.shot("answer-phone")
	bob.do(chromedp.KeyEvent("Conclave" + kb.Enter))
	bob.until(`document.querySelector('.private')`)
	if ada.has("Only you see this") {
		t.Error("ada sees what is told to Bob alone")
	}
	for i := range 2 {
		ada.shows(fmt.Sprintf("%d of 2", i+1))
		answer := "anora"
		if eval[bool](ada, `[...document.querySelectorAll('.told .lead')].findLast(e => e.innerText.includes('?'))
			.innerText.includes('city')`) {
			answer = "hollywood"
		}
		ada.say(answer)
		ada.until(fmt.Sprintf(`document.body.innerText.split('Right: ada').length === %d`, i+2))
	}
	for _, b := range []*tab{ada, bob} {
		b.until(`document.querySelector('#log table')`)
		b.fits()
	}
	ada.shot("end-light")
	bob.shot("end-phone")
	ada.accessible(br.axe, "the end of a round")
	bob.accessible(br.axe, "the end of a round, on a phone")
	// What is loaded again is still there, with what one sees alone, and its tab knows its name.
	bob.do(chromedp.Reload())
	bob.until(`document.getElementById('own').textContent === 'Bob' && document.querySelector('.private')`)
	ada.clean()
	bob.clean()
}

// keyboardOnly: a round is found, begun and answered without a pointer, and focus stays where its owner put it.
func keyboardOnly(t *testing.T, br opened) {
	b := open(br.ctx, t, br.url+"/r/keys", darkDesk)
	b.do(chromedp.KeyEvent(kb.Tab)) // to the link that skips
	b.until(`document.activeElement.classList.contains('skip')`)
	b.enter("keys")
	b.do(chromedp.KeyEvent("/tri"))
	b.until(`document.getElementById('line').getAttribute('aria-expanded') === 'true'`)
	b.do(chromedp.KeyEvent(kb.ArrowDown))
	b.until(`document.getElementById(document.getElementById('line').getAttribute('aria-activedescendant'))
		?.innerText.startsWith('/trivia')`)
	b.shot("proposals-dark")
	b.accessible(br.axe, "proposals, dark")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until(`document.getElementById('line').value === '/trivia '`)
	b.do(chromedp.KeyEvent("film-night quick 20s" + kb.Escape + kb.Enter))
	b.until(`document.querySelector('.choices button')`)
	if at := eval[string](b, "document.activeElement.id"); at != "line" {
		t.Errorf("a question took the focus to %q", at)
	}
	b.shot("question-dark")
	b.accessible(br.axe, "a question, dark")
	pick := `(document.activeElement.innerText || '').match(/Anora|Hollywood/)`
	for i := 0; i < 40 && !eval[bool](b, "!!"+pick); i++ {
		b.do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift))) // from the line up to the buttons
	}
	b.do(chromedp.KeyEvent(" "))
	b.shows("You picked")
	b.until(`document.activeElement.getAttribute('aria-pressed') === 'true'`)
	b.say("/trivia stop")
	b.until(`!document.querySelector('.choices')`)
	b.shot("reveal-dark")
	b.clean()
}

// answers: what answers are made of is real HTML, also when the text is large.
func answers(t *testing.T, br opened) {
	b := open(br.ctx, t, br.url+"/", lightHand).enter("<b>Ünal & 愛")
	b.say("oscars 2025")
	b.until(`document.querySelectorAll('#log table tr, #log li').length > 8`)
	b.say("/help")
	b.until(`document.querySelectorAll('#log .ask').length > 5`)
	b.fits()
	b.shot("answers-phone")
	b.press("palme d'or 2019")
	b.shows("Parasite")
	b.run(`document.documentElement.style.fontSize = '200%'`)
	b.fits()
	b.shot("answers-phone-zoomed")
	b.accessible(br.axe, "answers, on a phone, at twice the size")
	b.clean()
	if small := eval[[]string](b, `[...document.querySelectorAll('button, input:not([type=hidden])')].filter(
		e => e.offsetWidth && (e.offsetHeight < 24 || e.offsetWidth < 24)).map(e => e.outerHTML)`); len(small) > 0 {
		t.Errorf("too small to tap: %q", small)
	}
	d := open(br.ctx, t, br.url+"/", darkDesk).enter("dora")
	d.say("oscars 2025")
	d.say("first woman to win best director")
	d.shows("Kathryn Bigelow")
	time.Sleep(100 * time.Millisecond) // it scrolls
	d.shot("answers-dark")
	d.accessible(br.axe, "answers, dark")
	l := open(br.ctx, t, br.url+"/", lightDesk)
	l.shows("Kathryn Bigelow")
	l.shot("answers-light")
	l.accessible(br.axe, "answers, light")
	d.clean()
	l.clean()
}

// has reports whether a page shows a text now.
func (b *tab) has(text string) bool {
	return eval[bool](b, fmt.Sprintf("document.body.innerText.includes(%q)", text))
}

// fits reports a page that is wider than its window.
func (b *tab) fits() {
	b.t.Helper()
	wide := eval[[]int](b, `[document.documentElement.scrollWidth, document.documentElement.clientWidth]`)
	if wide[0] > wide[1] {
		out := eval[[]string](b, `[...document.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right >
			document.documentElement.clientWidth).slice(-3).map(e => e.outerHTML.slice(0, 200))`)
		b.t.Errorf("%s is %d wide in %d: %q", b.url, wide[0], wide[1], out)
	}
}
