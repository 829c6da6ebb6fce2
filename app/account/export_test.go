package account

// NewCode makes a code as RequestCode does.
var NewCode = newCode
