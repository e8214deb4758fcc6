/**
 * How a run's webhook reaches its receiver: one HTTP exchange an attempt, and one answer about it.
 *
 * <pre>
 *   deliver ──▶ wait for a connection ──▶ send ──▶ read the head ──▶ read the body ──▶ Answered
 *                        │                  │            │                │
 *                        └──── nothing came: Unanswered ─┘                └── cut short: Answered too
 * </pre>
 *
 * <p><b>One time limit.</b> The target's timeout runs from {@code deliver} to the last byte of the
 * answer: waiting for a connection, finding the address, connecting, TLS, sending and reading all
 * count. Once the head of an answer is there its status stands, whatever becomes of the body: a
 * body that dribbles is left at the time limit, one longer than {@link
 * io.carillon.webhook.CourierSettings#maxAnswerBody} at that length, and in both cases the
 * connection is closed instead of drained.
 *
 * <p><b>One answer a request.</b> Interim answers (1xx) are read and left out; a run ends by its
 * own final answer. A head of more than {@link io.carillon.webhook.CourierSettings#maxAnswerHead}
 * bytes is cut: its status stands. HTTP/1.1 names no request in an answer, so bytes left over on a
 * connection would pass for the answer to whatever is sent there next. A connection is therefore
 * kept only after an exchange that ended cleanly, with nothing behind it. Bytes that come later,
 * while nothing is asked, close it; and before a kept connection is used, whatever has arrived on
 * it is read. One that is closed or spoilt then is replaced by another, since nothing was sent on
 * it yet. What nobody can tell from an answer is a stray answer that arrives after the next request
 * has left.
 *
 * <p><b>Connections.</b> Each address (scheme, host, port) has a pool and a waiting line of its
 * own, both bounded, so a receiver that hangs costs nobody else anything but its share of the
 * deliveries under way. HTTP/1.1, one exchange at a time on a connection; no redirects, no cookies,
 * no proxies. All exchanges live on one event loop, so none of them needs a lock; it is good for
 * some ten thousand exchanges a second.
 *
 * <p><b>Nothing is sent twice behind the ledger's back.</b> A receiver may close a kept connection
 * in the instant in which a request travels to it. Whether it read the request cannot be known from
 * here, so this is told as {@code reset} and the run's own retry, which is counted and recorded,
 * sends it again under the same {@code webhook-id}.
 *
 * <p><b>The message</b> follows Standard Webhooks 1.0: {@code webhook-id} is the run's id and never
 * changes, {@code webhook-timestamp} is the instant of the attempt, {@code webhook-signature} is
 * there when the job has a secret and covers id, timestamp and the very bytes of the body. A body
 * given with the job is sent as it is, with any method. Carillon's own body goes with the methods
 * that are meant to carry one, not with GET, HEAD, DELETE, OPTIONS and TRACE: the headers tell the
 * same. Headers given with the job replace {@code content-type} and {@code user-agent}, never
 * Carillon's others, and cannot touch how the message is framed.
 */
package io.carillon.webhook;
