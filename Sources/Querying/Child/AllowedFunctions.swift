/// The functions that a statement may call, by their names in lower case.
///
/// They compute from their arguments and nothing else (<https://sqlite.org/lang_corefunc.html> and the pages beside it). What is
/// not here is refused, also what a later SQLite brings: functions that load code, read files, tell of the library or of the
/// connection, and those of the full-text modules. Operators are functions, too: `LIKE`, `GLOB`, `->`.
enum AllowedFunctions {
    static let names: Set<String> = Set((texts + numbers + aggregates + windows + times + json).map { $0 })

    private static let texts = [
        "char", "coalesce", "concat", "concat_ws", "format", "glob", "hex", "if", "ifnull", "iif", "instr", "length",
        "like",
        "likelihood", "likely", "lower", "ltrim", "max", "min", "nullif", "octet_length", "path_segment", "printf",
        "quote",
        "replace", "rtrim", "soundex", "substr", "substring", "trim", "typeof", "unhex", "unicode", "unistr",
        "unistr_quote", "unlikely", "upper", "randomblob", "zeroblob",
    ]

    private static let numbers = [
        "abs", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "ceil", "ceiling", "cos", "cosh", "degrees",
        "exp", "floor", "ln", "log", "log10", "log2", "mod", "pi", "pow", "power", "radians", "random", "round", "sign",
        "sin", "sinh", "sqrt", "tan", "tanh", "trunc",
    ]

    private static let aggregates = [
        "avg", "count", "group_concat", "median", "percentile", "percentile_cont", "percentile_disc", "string_agg",
        "sum", "total",
    ]

    private static let windows = [
        "cume_dist", "dense_rank", "first_value", "lag", "last_value", "lead", "nth_value", "ntile", "percent_rank",
        "rank", "row_number",
    ]

    private static let times = [
        "current_date", "current_time", "current_timestamp", "date", "datetime", "julianday", "strftime", "time",
        "timediff", "unixepoch",
    ]

    private static let json = [
        "->", "->>", "json", "json_array", "json_array_length", "json_error_position", "json_extract",
        "json_group_array", "json_group_object", "json_insert", "json_object", "json_patch", "json_pretty",
        "json_quote",
        "json_remove", "json_replace", "json_set", "json_type", "json_valid",
    ]
}
