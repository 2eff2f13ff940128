package import LinekeeperCore

/// One SQL statement with the types that go in and come out.
///
/// The text is constant, or joined from constant fragments, so no value can become part of it. `$1`,
/// `$2`, … first appear in that order: then SQLite and PostgreSQL number them alike, and one text
/// serves both. A text in which they do not is refused when it is first prepared.
package protocol Query {
    /// What one row becomes; `Void` for a statement that only writes.
    associatedtype Row
    var sql: String { get }
    /// Binds every parameter, in the order of their numbers.
    func bind(to binder: inout Binder) throws(DomainError)
    /// Reads the row under the cursor.
    ///
    /// - Throws: ``DomainError`` with reason `corruptData` when the row does not hold what it must.
    static func row(_ columns: borrowing Columns) throws(DomainError) -> Row
}
