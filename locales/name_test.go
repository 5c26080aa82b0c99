package locales

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPersonName(t *testing.T) {
	for said, want := range map[string]string{
		"रामलाल साहू":          "रामलाल साहू",
		"मेरा नाम सुखीराम है":  "सुखीराम",
		"मैं गीता हूँ":         "गीता",
		"  मेरा   नाम\nमोहन ":  "मोहन",
		"mor nav Budhram he":   "Budhram",
		"mera naam Ramesh hai": "Ramesh",
		"My name is Anil":      "Anil",
		"name: Savitri Bai":    "Savitri Bai",
		"I am Imran Qureshi.":  "Imran Qureshi",
		"Nameeta":              "Nameeta",
		"है":                   "है",
		"":                     "",
	} {
		require.Equal(t, want, PersonName(said), said)
	}
}

func TestGuessAndFirstPerson(t *testing.T) {
	for text, want := range map[string]Lang{
		"mera paisa kat gaya":             Hindi,
		"bijli wale ka phone aaya":        Hindi,
		"I got a call from the bank":      English,
		"someone took money from me":      English,
		"moka fon aais, link bhejis":      Hindi,
		"hello":                           "",
		"hi":                              "",
		"1":                               "",
		"main hoon cyber mitan":           Hindi,
		"i am cyber mitan":                English,
		"please help me my money is gone": English,
	} {
		require.Equal(t, want, Guess(text), text)
	}
	require.True(t, FirstPerson("मेरे खाते से पैसे कट गए"))
	require.True(t, FirstPerson("I got a call"))
	require.False(t, FirstPerson("Dear customer, KYC has expired, call 9000000097"))
	require.True(t, HasEnglish("money gone"))
	require.False(t, HasEnglish("paisa gaya"))
}
