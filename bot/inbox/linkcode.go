package inbox

import (
	"fmt"
	"net/http"

	"github.com/skip2/go-qrcode"

	"mitan/bot"
)

// codeScale is how many pixels wide one square of the code is.
const codeScale = 6

// linkCode draws the code that a phone must see to be linked.
func (in *Inbox) linkCode(w http.ResponseWriter, _ *http.Request, _ visit) error {
	if in.link == nil {
		return bot.ErrNotFound
	}
	link := in.link.Link()
	if link.Code == "" {
		return bot.ErrNotFound
	}
	code, err := qrcode.New(link.Code, qrcode.Low) // few, large squares: a plain screen hides none
	if err != nil {
		return fmt.Errorf("draw the code: %w", err)
	}
	picture, err := code.PNG(-codeScale)
	if err != nil {
		return fmt.Errorf("draw the code: %w", err)
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(picture) // a browser that has gone is nobody's error
	return nil
}
