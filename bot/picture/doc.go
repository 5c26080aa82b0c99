// Package picture reads the words in pictures, with tesseract and its Hindi
// where that is installed.
//
// A picture comes from a stranger, so the decoders of Go, which cannot be made
// to overstep memory, unpack it; tesseract gets plain grey pixels.
package picture
