package install

// Check reports keys that cannot be used, and how to make one.
func (k Keys) Check() error {
	_, err := newSealer(k)
	return err
}
