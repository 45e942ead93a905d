-- The brake, while it is on, lets nothing pass without a proof of work. `proof` is 'good' or why there is none that
-- counts, `expires` the end of a good one. Answers nothing if the call may pass, else why it may not. A proof is spent
-- by the call that it lets pass, in the same step.
local braked = false

local function stopped_by_brake(brake, spent, proof, expires)
  local ends = redis.call('HGET', brake, 'ends')
  braked = ends and tonumber(ends) > now
  if not braked then
    return nil
  end
  if proof == 'good' then
    if expires <= now then
      proof = 'expired'
    elseif not redis.call('SET', spent, '', 'NX', 'PX', whole(expires - now)) then
      proof = 'used'
    end
  end
  redis.call('HINCRBY', brake, proof == 'good' and 'passed' or 'asked', 1)
  if proof ~= 'good' then
    return proof
  end
end
