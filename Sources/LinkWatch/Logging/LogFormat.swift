import ArgumentParser

/// How log lines are written to standard error.
package enum LogFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    case logfmt, json
}
