//go:build race

package fakewa

const raced = true
