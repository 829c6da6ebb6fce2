package account

import "context"

// NewCode makes a code as RequestCode does.
var NewCode = newCode

// DeviceOf names a browser as Describe does.
var DeviceOf = deviceOf

// ApplyWaiting does the periodic work on changes of contact.
func (s *Service) ApplyWaiting(ctx context.Context) error { return s.applyWaiting(ctx) }
