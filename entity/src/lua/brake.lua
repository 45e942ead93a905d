-- The brake, while it is on, lets nothing pass without a proof of work. `proof` is 'good' or why there is none that
-- counts, `expires` the end of a good one. Answers nothing if the call may go on, else why it may not.
--
-- A proof is looked at here, and spent by `spend_proof` once nothing else can refuse its call. Both are in one script: of
-- two calls that bring the same one the second finds it spent, and a call that is told to wait keeps its own.
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
    elseif redis.call('EXISTS', spent) == 1 then
      proof = 'used'
    else
      return nil
    end
  end
  redis.call('HINCRBY', brake, 'asked', 1)
  return proof
end

-- The call passes. Answers 1 if a proof was asked for, which is spent now, else 0.
local function spend_proof(brake, spent, expires)
  if not braked then
    return 0
  end
  redis.call('SET', spent, '', 'PX', whole(expires - now))
  redis.call('HINCRBY', brake, 'passed', 1)
  return 1
end
