// The program is libFuzzer's: `main` comes from its library, the function it calls from the target HTTPFuzzing. An
// executable in Swift would want a `main` of its own.
