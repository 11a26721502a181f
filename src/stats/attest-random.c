#include "stats/attest-random.h"

static guint64
mix (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

void
attest_random_init (AttestRandom *random, guint64 seed, guint64 replicate)
{
  guint64 state = seed;

  /* Mixed before the replicate is added: seed 1, replicate 2 is not seed 2, replicate 1. */
  state = mix (&state) + replicate;
  for (guint i = 0; i < 4; i++)
    random->state[i] = mix (&state);
}

static guint64
rotate (guint64 x, guint by)
{
  return (x << by) | (x >> (64 - by));
}

guint64
attest_random_next (AttestRandom *random)
{
  guint64 *s = random->state;
  guint64 result = rotate (s[1] * 5, 7) * 9, t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate (s[3], 45);
  return result;
}

guint32
attest_random_below (AttestRandom *random, guint32 n)
{
  guint64 product = (attest_random_next (random) >> 32) * n;

  if ((guint32)product < n)
    {
      guint32 least = -n % n;

      while ((guint32)product < least)
        product = (attest_random_next (random) >> 32) * n;
    }
  return (guint32)(product >> 32);
}
