-- A failed try: it puts the brake on at each multiple of `alarm` failed tries in their span, and while the brake is on,
-- each `loud` of them begin its quiet time anew. So it ends when fewer than `loud` failed since it was last begun anew.
-- Answers 1 if it went on just now. Whoever trips it before its end was noted goes on with it.
local function count_for_brake(brake, failures, alarm, loud, quiet)
  local starts = 0
  if braked then
    redis.call('HINCRBY', brake, 'failed', 1)
    if redis.call('HINCRBY', brake, 'loud', 1) < loud then
      return 0
    end
  elseif failures < alarm or failures % alarm > 0 then
    return 0
  elseif not redis.call('HGET', brake, 'since') then
    redis.call('HSET', brake, 'since', whole(now), 'failed', failures)
    starts = 1
  end
  redis.call('HSET', brake, 'ends', whole(now + quiet), 'loud', 0)
  -- An hour more, for whoever tells of its end.
  redis.call('PEXPIREAT', brake, whole(now + quiet + 3600000))
  return starts
end
