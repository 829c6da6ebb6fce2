package notice

// Refused is a try after which another is of no use.
func Refused() error { return &failure{problem: Rejected, final: true} }
