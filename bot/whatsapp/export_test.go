package whatsapp

import "time"

// SetPatience shortens the wait for a login.
func (w *WhatsApp) SetPatience(d time.Duration) { w.patience = d }
