"""Entry point of python -m wwz."""

import sys

from wwz.cli.main import main

sys.exit(main())
