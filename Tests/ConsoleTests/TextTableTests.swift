import Console
import Foundation
import Testing

/// Tables and the room that they have.
struct TextTableTests {
    private static let columns = [
        TextTable.Column("ID"), TextTable.Column("LINK", least: 6), TextTable.Column("STATE", rank: 2),
        TextTable.Column("ERROR", least: 8), TextTable.Column("MESSAGE", least: 10, rank: 5),
    ]

    private static let rows: [[TextTable.Cell]] = [
        ["1", "orders-dr", "ACTIVE", "", "all is well with it"],
        ["22", "漢字漢字漢字", "FAILED", TextTable.Cell("BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR", .bad), ""],
        ["3", "👍👍", "PAUSED", "TIMEOUT_ERROR", "a\u{1B}[31m\nb\u{202E}"],
    ]

    private static let table = TextTable(columns: columns, rows: rows)

    @Test func `without a width everything is told`() {
        #expect(
            Self.table.text
                == """
                ID  LINK          STATE   ERROR                                  MESSAGE
                1   orders-dr     ACTIVE                                         all is well with it
                22  漢字漢字漢字  FAILED  BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR
                3   👍👍          PAUSED  TIMEOUT_ERROR                          a [31m b
                """
        )
    }

    @Test func `columns that tell least go first, then the widest are cut`() {
        #expect(
            Self.table.text(fitting: 30) == """
                ID  LINK      STATE   ERROR
                1   orders-…  ACTIVE
                22  漢字漢…   FAILED  BOOTSTR…
                3   👍👍      PAUSED  TIMEOUT…
                """
        )
        #expect(
            Self.table.text(fitting: 27) == """
                ID  LINK        ERROR
                1   orders-dr
                22  漢字漢字…   BOOTSTRAP_…
                3   👍👍        TIMEOUT_ER…
                """
        )
        #expect(
            Self.table.text(fitting: 20) == """
                ID  LINK    ERROR
                1   order…
                22  漢字…   BOOTSTR…
                3   👍👍    TIMEOUT…
                """
        )
    }

    @Test func `no line is wider than the room, wherever all can be made to fit`() {
        for width in 20...120 {
            let lines = Self.table.text(fitting: width).split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 4)
            #expect(lines.allSatisfy { String($0).displayWidth <= width }, "\(width)")
        }
    }

    @Test func `colours take no columns`() {
        for width in [20, 40, 80, 200] {
            let coloured = Self.table.text(fitting: width, paint: Paint(isOn: true))
            #expect(coloured.contains("\u{1B}[31m"))
            #expect(coloured.replacing(#/\e\[[0-9]+m/#, with: "") == Self.table.text(fitting: width))
        }
    }

    @Test func `a table without rows is its head`() {
        #expect(TextTable(columns: Self.columns, rows: []).text == "ID  LINK  STATE  ERROR  MESSAGE")
        #expect(TextTable(columns: [], rows: []).text.isEmpty)
    }
}
