/**
 * The engine's ports on Redis.
 *
 * <p>Every change of state is one script under {@code resources/redis}, named for what it does:
 * {@code acquire}, {@code renew}, {@code release} of the lease; {@code put-jobs}, {@code
 * set-state}, {@code delete-job}; and the life of a run, {@code claim} (or {@code accept}, by hand)
 * → {@code take} → {@code finish}, with {@code reap} for those whose replica died. Files that
 * scripts include: {@code prelude} (numbers, time and faults), {@code drains} or {@code grows}
 * (what holds at the memory limit), {@code events} (the stream), {@code ledger} (the unit of work:
 * reads and writes many at once), {@code runs} and {@code attempts}, {@code holding} (who has a
 * slot), {@code jobs} (state, due instant, lists), {@code history}, {@code endings} (what follows
 * from the end of a run), {@code slots} (limits) and {@code idempotency} (what was made under a
 * caller's key). {@code list-jobs} and {@code list-next-runs} read pages, with {@code filters}
 * (which jobs are meant, by the indexes alone) and {@code found} (the jobs themselves). Rules that
 * all of them keep:
 *
 * <ul>
 *   <li>What a script changes and the events that tell of it are one: they are gathered while it
 *       runs and written behind it, as one entry of the stream, also where it fails midway. An
 *       entry's id is the position of its last event, counted through all that ever were.
 *   <li>It reads and checks everything first and answers each item its own result; what it then
 *       writes cannot fail, and where a damaged key makes it fail all the same, the other items are
 *       served and nothing is done twice.
 *   <li>Where Redis is at its memory limit, a script that makes something new fails before its
 *       first write, and one that lets accepted work go on or frees memory does all that it does
 *       elsewhere. No reserve is kept: what goes beyond the limit is bounded by what was accepted
 *       below it.
 *   <li>It may be repeated after an unknown outcome: a repeated claim is stale, a repeated take
 *       answers what is still owned under its token, a repeated finish finds the run gone. What a
 *       claim without an answer handed to its author, {@code owned} tells, and no such claim hands
 *       anything over after it.
 *   <li>Not-before times, deadlines and epochs are Redis' own time; what is drawn by chance comes
 *       from outside.
 *   <li>All keys share one hash tag. {@link io.carillon.redis.Keys} names them and says what they
 *       hold.
 *   <li>A definition's JSON is opaque here.
 * </ul>
 *
 * <p>Each purpose has a connection of its own ({@link io.carillon.redis.RedisLink}), on which
 * commands are sent without waiting for replies. Works with Redis from 6.2 on.
 */
package io.carillon.redis;
