package import Foundation

/// A value that one thread at a time may touch, for as long as a closure runs.
///
/// Has the shape of `Synchronization.Mutex`, over a lock of POSIX threads: the thread sanitizer follows those on Linux, while it
/// reports correct programs that use `Mutex` there (Swift 6.3.1), because the library's own futex is invisible to it.
// Unchecked: `mutex` guards `value`, the only part that changes.
package final class Locked<Value: ~Copyable>: @unchecked Sendable {
    // At an address of its own: a POSIX lock must never move.
    @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
    @usableFromInline var value: Value

    package init(_ value: consuming sending Value) {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        let status = pthread_mutex_init(mutex, nil)
        // Only memory can be lacking, and then nothing goes on.
        precondition(status == 0, "a lock cannot be made: \(String(cString: strerror(status)))")
        self.value = value
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Lends the value, and lets whoever else asks wait.
    ///
    /// Not to be called again within the closure: it would wait for itself. Inlinable, since hot paths take locks for the time
    /// of a load, which a generic call across modules would multiply.
    @inlinable
    package func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
