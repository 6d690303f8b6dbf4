package store_test

const writerURL = "WHOWON_TEST_WRITER"

func writeUntilKilled(url string) int { return 0 }
