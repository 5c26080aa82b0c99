package flows

// CheckerKeys are the keys of texts that depend on what the checker finds.
var CheckerKeys = checkerKeys
