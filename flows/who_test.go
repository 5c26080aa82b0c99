package flows

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWhoIn(t *testing.T) {
	for text, want := range map[string]string{
		"मेरे ही साथ हुआ": "self", "मुझसे": "self", "ख़ुद मेरे साथ": "self", "mere saath": "self", "haan mere sath": "self",
		"me": "self", "It was me.": "self", "Myself": "self",
		"मेरी पत्नी के साथ": "someone", "पड़ोसी": "someone", "पडोसी के साथ": "someone", "meri patni ke saath": "someone", "my neighbour": "someone",
		"pata nahi": "", "हाँ": "", "": "",
	} {
		got, ok := whoIn(text)
		assert.Equal(t, want != "", ok, text)
		if ok {
			assert.Equal(t, want, got, text)
		}
	}
}
