/// Pairs of Confluent's two ids for one link, where a test needs more than one link.
enum LinkID {
    /// `uuid` is `04000000-…`, `id` its base64url; `second` and `third` likewise.
    static let first = (uuid: "04000000-0000-0000-0000-000000000000", id: "BAAAAAAAAAAAAAAAAAAAAA")
    static let second = (uuid: "08000000-0000-0000-0000-000000000000", id: "CAAAAAAAAAAAAAAAAAAAAA")
    static let third = (uuid: "0c000000-0000-0000-0000-000000000000", id: "DAAAAAAAAAAAAAAAAAAAAA")
}
