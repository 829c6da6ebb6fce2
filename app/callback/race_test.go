//go:build race

package callback

// raceDetector: what is measured by the clock, and would take minutes under the detector, leaves itself to the run without it.
const raceDetector = true
