"""Every report opened as people open it: by LibreOffice, with pictures of its pages and a look at where words stand."""
