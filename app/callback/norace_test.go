//go:build !race

package callback

const raceDetector = false
